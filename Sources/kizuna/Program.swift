import Foundation
import KizunaCommands

@main
enum Program {
    static func main() async {
        exit(await Kizuna.run(Array(CommandLine.arguments.dropFirst())))
    }
}

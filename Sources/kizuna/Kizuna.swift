import KizunaCommands

@main
enum Kizuna {
    static func main() {}
}

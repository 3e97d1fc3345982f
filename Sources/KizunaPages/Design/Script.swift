/// What pages do beyond HTML: they show news, copy, count down, look through the camera and make a sound. Everything
/// works without it, but less well.
enum Script {
    static let text = ["\"use strict\";\n(() => {", helpers, live, small, camera, "})();\n"].joined(separator: "\n")

    private static let helpers = """
        const all = (selector, root = document) => [...root.querySelectorAll(selector)];
        for (const here of all(".tabs [aria-current]")) here.parentElement.scrollLeft = here.offsetLeft - innerWidth / 3;
        const token = () => document.querySelector("input[name=token]")?.value ?? "";
        """

    /// Server-sent events, of which each answer brings one; the browser asks again by itself, and after an answer that is
    /// no event, as from a proxy in front of a server that starts anew, we do.
    private static let live = """
        const heard = new Set(all("[data-sound]").map(node => node.dataset.sound));
        function chime(node) {
          if (!node || heard.has(node.dataset.sound)) return;
          heard.add(node.dataset.sound);
          navigator.vibrate?.([80, 60, 160]);
          const context = new AudioContext();
          const sing = () => [[784, 0], [1047, .14], [1319, .28]].forEach(([pitch, at]) => {
            const [tone, loudness] = [context.createOscillator(), context.createGain()];
            const start = context.currentTime + at;
            tone.frequency.value = pitch;
            loudness.gain.setValueAtTime(.0001, start);
            loudness.gain.exponentialRampToValueAtTime(.35, start + .02);
            loudness.gain.exponentialRampToValueAtTime(.0001, start + .5);
            tone.connect(loudness).connect(context.destination);
            tone.start(start);
            tone.stop(start + .55);
          });
          context.resume().then(sing);
          setTimeout(() => context.close(), 3000);
        }
        for (const region of all("[data-live]")) {
          const address = new URL(region.dataset.live, location.href);
          address.searchParams.set("after", region.dataset.liveId);
          const show = event => {
            address.searchParams.set("after", event.lastEventId);
            const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
            region.innerHTML = event.data;
            if (focused) document.getElementById(focused)?.focus();
            enliven(region);
            chime(region.querySelector("[data-sound]"));
          };
          const listen = () => {
            const source = new EventSource(address);
            source.addEventListener("change", show);
            source.addEventListener("last", event => { source.close(); show(event); });
            source.addEventListener("error", () => {
              if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
            });
          };
          listen();
        }
        """

    private static let small = """
        function enliven(root) {
          for (const node of all("[data-copy]", root)) {
            node.hidden = !navigator.clipboard;
            node.onclick = async () => {
              await navigator.clipboard.writeText(node.dataset.copy || location.origin + location.pathname);
              const label = node.textContent;
              node.textContent = node.dataset.done;
              setTimeout(() => { node.textContent = label; }, 2000);
            };
          }
          for (const node of all("[data-print]", root)) { node.hidden = false; node.onclick = () => print(); }
          for (const node of all("[data-seconds]", root)) countDown(node);
        }
        function countDown(node) {
          const end = performance.now() + node.dataset.seconds * 1000;
          const [meter, clock] = [node.querySelector("meter"), node.querySelector("[data-clock]")];
          const tick = () => {
            const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
            clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
            if (meter) meter.value = left;
            if (left > 0) return setTimeout(tick, 250);
            all("[data-while]").forEach(part => { part.hidden = true; });
            all("[data-over]").forEach(part => { part.hidden = false; });
          };
          tick();
        }
        enliven(document);
        """

    /// Looks for a code in pictures: in the browser where it can, and with the server's reader.
    private static let camera = """
        const widest = 1280;
        async function shrunk(source, width, height) {
          const scale = Math.min(1, widest / Math.max(width, height));
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
          canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
          return new Promise(done => canvas.toBlob(done, "image/jpeg", .85));
        }
        async function read(address, picture) {
          const answer = await fetch(address, {
            method: "POST", body: picture, headers: {"Content-Type": "image/jpeg", "X-Form-Token": token()}});
          return answer.status === 200 ? answer.text() : null;
        }
        for (const box of all("[data-reader]")) {
          const field = document.getElementById(box.dataset.field);
          const say = text => { box.querySelector("[role=status]").textContent = text; };
          const found = text => { field.value = text; field.form.requestSubmit(); };
          const file = document.getElementById(box.dataset.file);
          file?.form.addEventListener("submit", async event => {
            if (!file.files[0]) return;
            event.preventDefault();
            say(box.dataset.looking);
            try {
              const bitmap = await createImageBitmap(file.files[0]);
              const text = await read(box.dataset.reader, await shrunk(bitmap, bitmap.width, bitmap.height));
              text ? found(text) : say(box.dataset.nothing);
            } catch { file.form.submit(); }
          });
          const start = box.querySelector("button");
          if (!navigator.mediaDevices?.getUserMedia) continue;
          start.hidden = false;
          start.onclick = async () => {
            const video = box.querySelector("video");
            try {
              video.srcObject = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}});
            } catch { return say(box.dataset.refused); }
            [start.hidden, video.hidden] = [true, false];
            await video.play();
            say(box.dataset.looking);
            const detector = "BarcodeDetector" in window ? new BarcodeDetector({formats: ["qr_code"]}) : null;
            for (;;) {
              const text = detector
                ? (await detector.detect(video).catch(() => []))[0]?.rawValue
                : await read(box.dataset.reader, await shrunk(video, video.videoWidth, video.videoHeight));
              if (text) {
                video.srcObject.getTracks().forEach(track => track.stop());
                return found(text);
              }
              await new Promise(done => setTimeout(done, 400));
            }
          };
        }
        """
}

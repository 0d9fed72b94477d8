// Reads the code of a box with the camera, where the browser can. Nothing leaves the page but the code, in the form.
const button = document.getElementById("scan");
const panel = document.getElementById("scanner");

if (button && panel && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
  const field = document.getElementById("f-code");
  const video = panel.querySelector("video");
  const status = panel.querySelector("[role=status]");
  const wanted = ["ean_13", "ean_8", "upc_a"];
  let stream = null;
  let attempt = 0;

  const close = () => {
    attempt += 1;
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    button.setAttribute("aria-expanded", "false");
  };

  const stop = () => {
    close();
    panel.hidden = true;
    button.focus();
  };

  const tell = (sentence) => {
    status.textContent = sentence;
  };

  const accept = (code) => {
    close();
    tell(`${panel.dataset.found} ${code}`);
    field.value = code;
    // Where the payer is still to be chosen, the browser says so and the form stays.
    field.form.requestSubmit();
  };

  const look = async (detector, mine) => {
    if (mine !== attempt) return;
    const found = video.readyState >= video.HAVE_CURRENT_DATA ? await detector.detect(video).catch(() => []) : [];
    if (mine !== attempt) return;
    const read = found.find((code) => /^\d{8,14}$/.test(code.rawValue));
    if (read) accept(read.rawValue);
    else setTimeout(() => look(detector, mine), 150);
  };

  const start = async () => {
    close();
    const mine = attempt;
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    tell(panel.dataset.asking);
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      if (mine !== attempt) return opened.getTracks().forEach((track) => track.stop());
      stream = opened;
      video.srcObject = stream;
      await video.play();
      const known = await BarcodeDetector.getSupportedFormats();
      const detector = new BarcodeDetector({ formats: wanted.filter((format) => known.includes(format)) });
      tell(panel.dataset.looking);
      look(detector, mine);
    } catch (error) {
      if (mine !== attempt) return;
      close();
      tell(error.name === "NotAllowedError" || error.name === "SecurityError" ? panel.dataset.refused : panel.dataset.absent);
    }
  };

  BarcodeDetector.getSupportedFormats().then((known) => {
    button.hidden = !wanted.some((format) => known.includes(format));
  }, () => {});
  button.addEventListener("click", () => (stream ? stop() : start()));
  document.getElementById("scan-stop").addEventListener("click", stop);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
  window.addEventListener("pagehide", close);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stream) stop();
  });
}

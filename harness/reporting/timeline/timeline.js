// The drawing is made of positions in seconds; a zoom only changes --s, the pixels that a second takes.
const strip = document.querySelector(".strip"), scroll = document.querySelector(".scroll");
const sound = document.querySelector("audio"), head = document.querySelector(".head");
const play = document.querySelector("#play"), now = document.querySelector(".now");
const length = Number(strip.dataset.length), least = Number(strip.dataset.least);
let scale = least, until = Infinity;

function fitting() { return Math.max(least, (scroll.clientWidth - 6) / length); }
function zoom(to, around) {
  const at = around ?? scroll.scrollLeft + scroll.clientWidth / 2, second = at / scale, kept = at - scroll.scrollLeft;
  scale = Math.min(800, Math.max(fitting(), to));
  strip.style.setProperty("--s", scale);
  strip.dataset.z = scale >= 40 ? 1 : scale >= 11 ? 5 : scale >= 4 ? 15 : 60;
  strip.classList.toggle("near", scale >= 75);
  scroll.scrollLeft = second * scale - kept;
}
function clock(s) { const t = Math.round(s * 10); return `${String(Math.floor(t / 600)).padStart(2, "0")}:${String(Math.floor(t % 600 / 10)).padStart(2, "0")}.${t % 10}`; }
function show(second) {
  head.style.setProperty("--t", second);
  now.textContent = `${clock(second)} / ${clock(length)}`;
}
document.querySelector("#in").onclick = () => zoom(scale * 1.7);
document.querySelector("#out").onclick = () => zoom(scale / 1.7);
document.querySelector("#fit").onclick = () => zoom(0);
scroll.addEventListener("wheel", event => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - scroll.getBoundingClientRect().left + scroll.scrollLeft);
}, { passive: false });
addEventListener("resize", () => zoom(scale));

if (sound) {
  const shares = { both: [1, 1], caller: [1, 0], agent: [0, 1] };
  let sides = null, context = null;
  const chosen = () => shares[document.querySelector("#side").value];
  const mix = () => sides?.forEach((gain, i) => { gain.gain.value = chosen()[i]; });
  const wire = () => {
    context = new AudioContext();
    const split = context.createChannelSplitter(2);
    context.createMediaElementSource(sound).connect(split);
    sides = [0, 1].map(i => { const gain = context.createGain(); split.connect(gain, i); gain.connect(context.destination); return gain; });
    mix();
  };
  document.querySelector("#side").onchange = mix;
  const start = () => { if (!context) wire(); context.resume(); sound.play(); };
  play.onclick = () => { until = Infinity; sound.paused ? start() : sound.pause(); };
  sound.onplay = () => { play.textContent = "❚❚ Pause"; requestAnimationFrame(follow); };
  sound.onpause = () => { play.textContent = "▶ Play"; };
  function follow() {
    show(sound.currentTime);
    const x = sound.currentTime * scale;
    if (x < scroll.scrollLeft || x > scroll.scrollLeft + scroll.clientWidth - 20) scroll.scrollLeft = x - 60;
    if (sound.currentTime >= until) { sound.pause(); return; }
    if (!sound.paused) requestAnimationFrame(follow);
  }
  strip.onclick = event => {
    const mark = event.target.closest(".missed");
    if (mark) {
      sound.currentTime = Math.max(0, Number(mark.dataset.start) - 1);
      until = Number(mark.dataset.end) + 1;
      start();
    } else {
      until = Infinity;
      sound.currentTime = Math.max(0, Math.min(length, (event.clientX - strip.getBoundingClientRect().left) / scale));
    }
    show(sound.currentTime);
  };
}
show(0);
zoom(0);

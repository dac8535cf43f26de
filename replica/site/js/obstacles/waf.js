// The firewall's riddle: find a number whose hash starts with zeros, answer with a cookie, come back.
(function solve() {
  const challenge = document.getElementById("cs").className;
  let answer = 0;
  const hash = (text) => {
    let value = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
    return value;
  };
  while (hash(challenge + answer) >>> 16 !== 0) answer += 1;
  document.cookie = `_wafchallengeid=${btoa(String(answer))}; path=/; max-age=1800`;
  setTimeout(() => location.reload(), 600);
})();

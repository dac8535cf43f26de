"""Small pages of our own, in the site's names: posts that step by what a test says, and tell what was pressed."""

from __future__ import annotations

# Each press is told in `pressed`, by what it hit; each post stands in the page's names of browse mode (site.md 2.1).
STYLE = """<style>
body { margin: 0; height: 100vh; overflow: hidden }
.css-1-DivBrowserModeContainer { position: fixed; inset: 0; background: #fff }
#media > div { position: absolute; left: 0; top: 0; width: 60%; height: 100% }
[data-e2e=browse-user-avatar], [data-e2e=browse-username] { position: absolute; left: 70%; top: 20px; width: 90px }
[data-e2e=arrow-right] { position: absolute; left: 52%; top: 380px; width: 60px; height: 40px }
</style>"""
SCRIPT = """<script>
const pressed = [], steppers = %s;
let at = 1;
const draw = () => {
  const media = document.querySelector("#media");
  if (!media) return;
  media.innerHTML = `<div id="xgwrapper-2-${7000 + at}"><video></video></div>`;
  document.querySelector("[data-e2e=browse-user-avatar]").href = `/@maker${at}`;
  document.querySelector("[data-e2e=browse-username]").textContent = `maker${at}`;
};
const step = (by, far = 1) => { if (steppers.includes(by)) { at = Math.max(1, at + far); draw(); } };
addEventListener("keydown", (event) => step("key", event.key === "ArrowUp" ? -1 : 1));
addEventListener("wheel", (event) => step("wheel", Math.sign(event.deltaY)));
addEventListener("pointerdown", (event) => pressed.push(event.target.id || event.target.dataset.e2e || "other"), true);
const next = document.querySelector("[data-e2e=arrow-right]");
if (next) next.addEventListener("click", () => step("button"));
draw();
</script>"""
PARTS = """<div id="media"></div><a data-e2e="browse-user-avatar"></a><span data-e2e="browse-username"></span>
<strong data-e2e="browse-like-count">5</strong>"""
NEXT = '<button data-e2e="arrow-right" id="next">next</button>'


def view(*steppers: str, inside: str = NEXT, beside: str = "") -> str:
    """A page in browse mode whose posts 7001, 7002, ... step by *steppers*, of key, button, wheel.

    inside: what stands in the view with its post; beside: what else the page holds.
    """
    root = f'<div class="css-1-DivBrowserModeContainer">{PARTS}{inside}</div>'
    return f"<!DOCTYPE html>{STYLE}<main></main>{root}{beside}{SCRIPT % list(steppers)}"

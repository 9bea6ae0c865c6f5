"""Debian's Chromium, driven by playwright: where it is, why it cannot be used, and what a page is asked."""

from __future__ import annotations

import importlib.util
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()


def left_out() -> str | None:
    """Why the browser tests cannot run here, or None."""
    if not importlib.util.find_spec("playwright"):
        return "the browser tests were LEFT OUT: playwright is not installed (pip install playwright)"
    if not CHROMIUM.exists():
        return f"the browser tests were LEFT OUT: no {CHROMIUM} (apt-get install chromium)"
    return None


LEFT_OUT = left_out()


# The colours as sRGB from 0 to 1, of whatever kind the style gives them in: painted on a canvas and read back.
CONTRAST = """
(elements) => {
  const pixel = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = (colour, below) => {
    for (const layer of [...below, colour]) { pixel.fillStyle = layer; pixel.fillRect(0, 0, 1, 1); }
    const linear = [...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)].map(
      (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const holdsText = (e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return elements.filter(holdsText).map((e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
    const [a, b] = [light(getComputedStyle(e).color, layers), light('transparent', layers)];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.textContent.slice(0, 40)];
  });
}
"""

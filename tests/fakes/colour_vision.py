"""How far apart two colours are, for eyes of every kind and on a grey print."""

from collections.abc import Mapping
from typing import Final

import numpy as np

_LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722])

# Machado, Oliveira, Fernandes 2009, full strength, on linear RGB
VISIONS: Final[Mapping[str, np.ndarray]] = {
    "all colours": np.eye(3),
    "grey": np.tile(_LUMINANCE, (3, 1)),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}


def linear(colours):
    """Linear RGB of colours like "#1F2933", or of pixels from 0 to 255; the last axis is red, green, blue."""
    if isinstance(colours, str):
        colours = [int(colours[at : at + 2], 16) for at in (1, 3, 5)]
    rgb = np.asarray(colours, dtype=float) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def seen(colours, vision):
    """Linear RGB as such eyes see it."""
    return np.clip(linear(colours) @ VISIONS[vision].T, 0, 1)


def contrast(one, other, vision="all colours"):
    """WCAG's ratio, 1 to 21; of each pixel where one of both is a picture."""
    light = [seen(colours, vision) @ _LUMINANCE + 0.05 for colours in (one, other)]
    return np.maximum(*light) / np.minimum(*light)


def lab(colour, vision="all colours"):
    """CIE L*a*b* as such eyes see it."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen(colour, vision)
    scaled = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])

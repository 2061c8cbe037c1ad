"""送信トレイ on the screen: one model, one view, one place that acts. May know what every screen may."""

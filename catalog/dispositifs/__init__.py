"""Medical devices and appliances, and their forfaits."""

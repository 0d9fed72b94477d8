"""What care is worth: acts, devices, conventions, key letters and forfaits, as pages for the public."""

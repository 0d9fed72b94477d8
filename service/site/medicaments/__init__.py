"""The pages of medicines, of generic groups and of listed substances."""

"""Yemot HaMashiach."""

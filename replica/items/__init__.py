"""What the replies send of the world: items in every flavour, creators, LIVE cards, as the site prints them."""

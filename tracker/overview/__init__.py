"""Home pages, the person page and the menu: reads across the rooms, writes nothing of its own."""

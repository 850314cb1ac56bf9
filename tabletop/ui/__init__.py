"""The screens: the only package that knows textual. They read values and change things only through control."""

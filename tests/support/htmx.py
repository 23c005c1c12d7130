"""What htmx says about itself when it asks for a fragment."""

as_htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}

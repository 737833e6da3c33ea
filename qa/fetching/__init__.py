"""Official texts from the United Nations' document site: one at a time, slowly, and only when told to.

The one part of this project that uses the network. Nothing imports it but `qa fetch`.
"""

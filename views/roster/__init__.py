"""The roster of a plan for who answers for it: look, edit, keep and plan anew, ask why, compare, check and sign."""

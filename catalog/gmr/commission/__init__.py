"""The commission de la transparence at work: dossiers, meetings, opinions, the economic step, and what they end in."""

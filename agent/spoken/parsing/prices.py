"""What a choice against the usual reading costs.

A price p makes a reading exp(-p) times as likely as the usual one: 0.6 is 55 in 100, 1.0 is 37,
1.5 is 22, 2.5 is 8. A price below zero puts a reading before the one that is usual elsewhere.
"""

FAR_LIKELIER = -0.6
LIKELIER = -0.5
SLIGHTLY_LIKELIER = -0.1
ALMOST_FREE = 0.2
SLIGHT = 0.3
SMALL = 0.5
CLOSE_CALL = 0.6
FAIR_CALL = 0.7
MODERATE = 0.8
NEARLY_USUAL = 0.9
USUAL = 1.0
UNUSUAL = 1.2
MORE_UNUSUAL = 1.3
MOST_UNUSUAL = 1.4
UNLIKELY = 1.5
MORE_UNLIKELY = 1.6
STILL_MORE_UNLIKELY = 1.7
VERY_UNLIKELY = 1.8
RARE = 2.0
VERY_RARE = 2.5

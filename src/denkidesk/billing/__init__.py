"""Plan x usage -> bill, rule by rule of the bill rules; pure figures.

May touch: domain, numpy. Knows neither network, nor store, nor files, nor Japanese sentences. Nothing heavy is imported here:
``billing.engine`` brings numpy.
"""

"""The window: a folder per screen. Reaches the outside through ``desk`` and ``jobs`` only; knows neither SQL, SOAP nor HTTP."""

namespace TeleCube.Api.Http;

/// <summary>A read model did not know the cursor that a client gave.</summary>
sealed class BadCursorException(Exception inner) : Exception(inner.Message, inner);

namespace TeleCube.Api.Http;

/// <summary>The body is not JSON at all; binding has no other way to say so. Becomes 400 <c>malformed-json</c>.</summary>
sealed class MalformedJsonException(string message, Exception? inner = null) : Exception(message, inner);

namespace TeleCube.Api.Http;

/// <summary>A value of the path or the query cannot be read.</summary>
sealed class BadFieldException(string name, string message) : Exception(message)
{
    public string Name => name;
}

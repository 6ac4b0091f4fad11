namespace TeleCube.Api.Http;

/// <summary>One kind of failure as the API tells it: the kebab-case code, the HTTP status, and a title for people.</summary>
sealed record Problem(string Code, int Status, string Title)
{
    public string Type => $"/problems/{Code}";
}

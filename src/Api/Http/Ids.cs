using System.Security.Cryptography;

namespace TeleCube.Api.Http;

/// <summary>Ids for what people don't name themselves.</summary>
static class Ids
{
    const int Length = 12;

    public static string Random() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", Length);
}

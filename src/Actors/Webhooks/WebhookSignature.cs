using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TeleCube.Actors.Webhooks;

/// <summary><c>TeleCube-Signature: t=SECONDS,v1=HEX</c>: HMAC-SHA-256 over <c>SECONDS.BODY</c>, so that neither body nor time can be forged.</summary>
public static class WebhookSignature
{
    public const string Header = "TeleCube-Signature";

    public static string Of(string secret, string body, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }
}

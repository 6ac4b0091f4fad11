using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TeleCube.Sip.Transport;

/// <summary>Where the certificate of the TLS endpoints comes from: PEM files, or made on the spot for a first try.</summary>
public static class TlsCertificates
{
    public static X509Certificate2 FromPem(string certificatePath, string keyPath) => X509Certificate2.CreateFromPemFile(certificatePath, keyPath);

    /// <summary>Self-signed for the given host names and addresses; phones must be told to accept it.</summary>
    public static X509Certificate2 SelfMade(IEnumerable<string> hosts, DateTimeOffset from, TimeSpan validFor)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=TeleCube", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        return request.CreateSelfSigned(from, from + validFor);
    }
}

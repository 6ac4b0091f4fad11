using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace TeleCube.Sip.Transport;

/// <summary>Our certificate and whom we trust.</summary>
public sealed record TlsOptions(X509Certificate2 Certificate)
{
    /// <summary>Trusted beside the system's roots: a carrier's or a laboratory's own authority.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];

    /// <summary>Whether servers that we connect to must prove their name.</summary>
    public bool VerifyServers { get; init; } = true;

    /// <summary>Whether clients must show a certificate of a trusted root. Phones seldom have one.</summary>
    public bool VerifyClients { get; init; }

    // Made once: building a certificate's chain for each handshake is dear.
    readonly Lazy<SslStreamCertificateContext> _context = new(
        () => SslStreamCertificateContext.Create(Certificate, additionalCertificates: null, offline: true));

    internal SslServerAuthenticationOptions ForServer() => new()
    {
        ServerCertificateContext = _context.Value,
        ClientCertificateRequired = VerifyClients,
        AllowTlsResume = !VerifyClients, // a resumed session may come from a time when no certificate was asked for
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = VerifyClients ? (_, certificate, chain, _) => IsTrusted(certificate, chain) : null,
    };

    internal SslClientAuthenticationOptions ForClient(string serverName) => new()
    {
        TargetHost = serverName,
        ClientCertificateContext = _context.Value,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => !VerifyServers || errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsTrusted(certificate, chain)),
    };

    bool IsTrusted(X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not X509Certificate2 leaf || chain is null) return false;
        using var own = new X509Chain();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        own.ChainPolicy.TrustMode = TrustedRoots.Count > 0 ? X509ChainTrustMode.CustomRootTrust : X509ChainTrustMode.System;
        own.ChainPolicy.CustomTrustStore.AddRange(TrustedRoots);
        return own.Build(leaf);
    }
}

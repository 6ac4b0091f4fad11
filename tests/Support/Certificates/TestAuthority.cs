using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Certificates;

/// <summary>A certificate authority of a test's own, made by openssl, with a certificate for a server on loopback.</summary>
public sealed class TestAuthority : IDisposable
{
    static readonly TimeSpan MadeWithin = TimeSpan.FromSeconds(20);

    readonly TempFolder _folder = new();

    TestAuthority() { }

    /// <summary>What a phone must trust.</summary>
    public string Root => _folder["root.pem"];

    /// <summary>Of the server, for 127.0.0.1, ::1 and localhost.</summary>
    public string Certificate => _folder["server.pem"];

    public string Key => _folder["server.key"];

    /// <summary>Both in one file, as baresip wants its own.</summary>
    public string CertificateAndKey => _folder.Write("server-both.pem", File.ReadAllText(Certificate) + File.ReadAllText(Key));

    /// <summary>The node's settings.</summary>
    public string Settings => $"telecube.sip.tls {{ certificate = \"{Certificate}\", key = \"{Key}\" }}\n";

    public static async Task<TestAuthority> Create()
    {
        var authority = new TestAuthority();
        try
        {
            await authority.Make("root", "/CN=TeleCube test authority", "-addext", "basicConstraints=critical,CA:TRUE");
            await authority.Make(
                "server", "/CN=localhost", "-CA", authority.Root, "-CAkey", authority._folder["root.key"],
                "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost");
            return authority;
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }

    async Task Make(string name, string subject, params string[] more)
    {
        await using var openssl = ManagedProcess.Start(Tool.Find("openssl", "openssl"),
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-keyout", _folder[$"{name}.key"], "-out", _folder[$"{name}.pem"], "-subj", subject, .. more,
        ]);
        if (await openssl.WaitForExit(MadeWithin) != 0) throw new InvalidOperationException($"openssl: {openssl.Output}");
    }

    public void Dispose() => _folder.Dispose();
}

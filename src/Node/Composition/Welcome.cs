using System.Net;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>What to do next, for whoever started the demo by hand.</summary>
static class Welcome
{
    /// <summary>Said once: the token is not shown again.</summary>
    public static string Token(string token, TeleCubeOptions options) =>
        $"""

        The operator's token was made now and is shown only this once; it is kept in {Path.Combine(options.Node.DataDirectory, "operator.token")}:
          {token}
        """;

    public static string Text(IPEndPoint sip, IPEndPoint http, TeleCubeOptions options, string? adminPassword) =>
        $"""

        TeleCube is running with the demo company firmaabcde. Register two phones:
          server  {sip} (UDP or TCP)
          user    firmaabcde_10   password demo-10     (extensions 10 to 16, each with its own)
          user    firmaabcde_11   password demo-11
        and dial 11 on the first one.
          API     {(options.Api.Tls.Certificate is null ? "http" : "https")}://{http}/docs
          login   admin   password {adminPassword ?? "(as shown at the first start)"}
          calls and their cost, trunks: README.md shows how to ask
          health  /readyz, metrics /metrics
        The passwords of the demo are public: ./run --no-demo leaves it out. Ctrl-C stops it.
        """;
}

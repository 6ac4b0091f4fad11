using System.Net;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>What to do next, for whoever started the demo by hand.</summary>
static class Welcome
{
    public static string Text(IPEndPoint sip, IPEndPoint http, TeleCubeOptions options) =>
        $"""

        TeleCube is running with the demo company firmaabcde. Register two phones:
          server  {sip} (UDP or TCP)
          user    firmaabcde_10   password demo-10     (extensions 10 to 16, each with its own)
          user    firmaabcde_11   password demo-11
        and dial 11 on the first one.
          API     {(options.Api.Tls.Certificate is null ? "http" : "https")}://{http}/docs
          health  /readyz, metrics /metrics
        The passwords of the demo are public: ./run --no-demo leaves it out. Ctrl-C stops it.
        """;
}

using TeleCube.Actors.Numbers;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>The files that a configuration names, read before anything starts: one that cannot be used is as wrong at the next start.</summary>
static class NamedFiles
{
    /// <summary>Throws a <see cref="StartException"/> that names the setting.</summary>
    public static void Check(TeleCubeOptions options)
    {
        options.Sip.ForTransport().Tls?.Certificate.Dispose();
        if (options.Api.Tls is { Certificate: { } certificate, Key: { } key }) ComponentOptions.LoadCertificate("api.tls", certificate, key).Dispose();
        Mapping.CheckPrompts(options.Media);
        NumberingOf(options);
    }

    public static NumberingPlan NumberingOf(TeleCubeOptions options)
    {
        if (options.Numbering.Plan is not { } path) return NumberingPlan.Embedded;
        using var text = OpenText(path);
        return NumberingPlan.TryParse(text, out var plan, out var errors)
            ? plan
            : throw new StartException($"telecube.numbering.plan: {path} has errors:\n  {string.Join("\n  ", errors.Take(10))}\nMend it, or leave it out.")
            {
                Setting = "numbering.plan",
            };
    }

    static StreamReader OpenText(string path)
    {
        try
        {
            return File.OpenText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"telecube.numbering.plan: {path} can't be read ({problem.Message}); name another file, or leave it out.", problem)
            {
                Setting = "numbering.plan",
            };
        }
    }
}

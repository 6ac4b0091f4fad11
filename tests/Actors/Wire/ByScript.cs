using TeleCube.Actors.Announcements;
using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>Servers of the company's, which answer at once what the test says, by the last part of their address.</summary>
sealed class ScriptedServers : IDecisions
{
    public IReadOnlyDictionary<string, string> Answers { get; set; } = new Dictionary<string, string>();

    public Task<Decided> Ask(TenantId company, Uri url, DecisionQuestion question, TimeSpan timeout, CancellationToken stop) =>
        Task.FromResult(new Decided(Answers.GetValueOrDefault(url.Segments[^1]), "the simulation asks nobody"));
}

/// <summary>Every sound is there, as a file of its own name.</summary>
sealed class AllSounds : ISounds
{
    public PlaySource? Find(TenantState tenant, SoundId sound) => new PlaySource.Files([$"{sound}"]);

    public IReadOnlyCollection<string> MusicClasses(TenantState tenant) => [];
}

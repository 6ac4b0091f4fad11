using System.Collections.Immutable;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Registrations;

/// <summary>What a REGISTER comes to: the answer's status, the bindings after it, and what must be stored first.</summary>
public sealed record RegistrarDecision(int Status, string? Reason, ImmutableArray<RegistrationRow> Bindings)
{
    /// <summary>With 423.</summary>
    public TimeSpan? MinExpires { get; init; }

    public ImmutableArray<RegistrationRow> Upserts { get; init; } = [];

    public ImmutableArray<RegistrationRow> Gone { get; init; } = [];

    public bool ChangesNothing => Upserts is [] && Gone is [];

    public static RegistrarDecision Refuse(ImmutableArray<RegistrationRow> live, int status, string? reason) => new(status, reason, live);

    public static RegistrarDecision Of(ImmutableArray<RegistrationRow> before, ImmutableArray<RegistrationRow> after) => new(200, null, after)
    {
        Upserts = [.. after.Except(before)],
        Gone = [.. before.ExceptBy(after.Select(binding => binding.Contact), binding => binding.Contact)],
    };
}

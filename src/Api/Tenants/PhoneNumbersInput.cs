using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>Zapisz ustawienia dla zakupionych numerów.</summary>
public sealed record PhoneNumbersInput
{
    public IReadOnlyList<PhoneNumberInput>? Items { get; init; }

    internal ImmutableArray<PhoneNumberRow> ToRows(Faults faults)
    {
        if (Items is not null) return [.. Items.Select((item, index) => item.ToRow($"items[{index}]", faults))];
        if (!faults.Has("items")) faults.Add("items", "is required");
        return [];
    }
}

/// <summary>One row: everything that the tenant sets of a number.</summary>
public sealed record PhoneNumberInput
{
    const int MaxDescription = 100;
    const int MaxClipPrefix = 20;

    public string? Number { get; init; }

    public string? Description { get; init; }

    public string? ClipPrefix { get; init; }

    /// <summary>Without it, callers hear that the number is not assigned.</summary>
    public ForwardTargetInput? ForwardTo { get; init; }

    /// <summary>The version that the row replaces; without it, any.</summary>
    public long? IfMatch { get; init; }

    internal PhoneNumberRow ToRow(string field, Faults faults) => new(
        faults.Number(field + ".number", Number, required: true) ?? default,
        faults.Optional(field + ".description", Description, MaxDescription),
        faults.Optional(field + ".clipPrefix", ClipPrefix, MaxClipPrefix),
        ForwardTo?.ToTarget(field + ".forwardTo", faults),
        IfMatch);
}

/// <summary>Where calls go: <c>{ "kind": "extension", "id": "10" }</c>.</summary>
public sealed record ForwardTargetInput
{
    public ForwardKind? Kind { get; init; }

    public string? Id { get; init; }

    internal ForwardTarget? ToTarget(string field, Faults faults)
    {
        if (Kind is null && !faults.Has(field + ".kind")) faults.Add(field + ".kind", "is required");
        if (Kind == ForwardKind.Announcement) return new ForwardTarget.ToAnnouncement(new AnnouncementId(faults.Identifier(field + ".id", Id)));
        if (Kind == ForwardKind.ExternalNumber) return new ForwardTarget.ToExternalNumber(new ExternalNumberId(faults.Identifier(field + ".id", Id)));
        if (Kind == ForwardKind.Scheme) return new ForwardTarget.ToScheme(new SchemeId(faults.Identifier(field + ".id", Id)));
        if (!faults.Extension(field + ".id", Id, out var number)) return null;
        return Kind switch
        {
            ForwardKind.Queue => new ForwardTarget.ToQueue(number.Value),
            ForwardKind.RingGroup => new ForwardTarget.ToRingGroup(number.Value),
            ForwardKind.Voicemail => new ForwardTarget.ToVoicemail(number.Value),
            _ => new ForwardTarget.ToExtension(number.Value),
        };
    }
}

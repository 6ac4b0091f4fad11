using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Subscriptions;

/// <summary>A phone's wish to be told of something, and the dialog by which it is told (RFC 6665). What stands here survives a restart.</summary>
public sealed record Subscription
{
    /// <summary>Far more than can be sent between two times that it is written down.</summary>
    const uint Jump = 100_000;

    /// <summary>Our tag of its dialog.</summary>
    public required string Id { get; init; }

    /// <summary>The extension whose phone it is.</summary>
    public required string Watcher { get; init; }

    /// <summary>The digits of what it watches.</summary>
    public required string Watched { get; init; }

    public required string Package { get; init; }

    /// <summary>The Event header's id, which each NOTIFY repeats.</summary>
    public string? EventId { get; init; }

    /// <summary>What is watched as the phone named it.</summary>
    public required SipUri Entity { get; init; }

    public required Dialog Dialog { get; init; }

    /// <summary>The way by which the phone was heard last.</summary>
    public required SipTarget Target { get; init; }

    /// <summary>Of the last document, for the packages that count them (RFC 4235 §4.1).</summary>
    public uint Version { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>After a restart: NOTIFYs are not written down each, so the numbers leave room for them; a connection of an earlier life is gone.</summary>
    public Subscription TakenUp() => this with
    {
        Dialog = Dialog.WithLocalSeqJump(Jump),
        Version = Version + Jump,
        Target = Target with { Flow = FlowId.None, FlowOnly = false },
    };

    /// <summary>The NOTIFY with this document, and the subscription that has sent it.</summary>
    public (Subscription After, SipRequest Notify) Tell(SubscriptionState state, string? contentType, ReadOnlyMemory<byte> body)
    {
        var number = Dialog.LocalSeq + 1;
        var notify = Dialog.Request(SipMethod.Notify, number);
        notify.Set(EventId is null ? new Event(Package) : new Event(Package, HeaderParameters.Empty.With("id", EventId)));
        notify.Set(state);
        if (contentType is not null) notify.SetBody(contentType, body);
        return (this with { Dialog = Dialog with { LocalSeq = number }, Version = Version + 1 }, notify);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(EndPointConverter)])]
[JsonSerializable(typeof(Subscription))]
sealed partial class SubscriptionJson : JsonSerializerContext;

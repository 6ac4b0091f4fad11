using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Calls.Views;

/// <summary>Source-generated JSON of calls: events of the journal, CDRs and timelines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(EndPointConverter), typeof(TenantIdJsonConverter)])]
[JsonSerializable(typeof(CallEvent.Started))]
[JsonSerializable(typeof(CallEvent.Routed))]
[JsonSerializable(typeof(CallEvent.LegDialled))]
[JsonSerializable(typeof(CallEvent.TrunkFailed))]
[JsonSerializable(typeof(CallEvent.ConsultantMissed))]
[JsonSerializable(typeof(CallEvent.QueueWaited))]
[JsonSerializable(typeof(CallEvent.QueueLeft))]
[JsonSerializable(typeof(CallEvent.KeyAwaited))]
[JsonSerializable(typeof(CallEvent.KeyEnded))]
[JsonSerializable(typeof(CallEvent.Rang))]
[JsonSerializable(typeof(CallEvent.Alerted))]
[JsonSerializable(typeof(CallEvent.Announced))]
[JsonSerializable(typeof(CallEvent.SchemeMoved))]
[JsonSerializable(typeof(CallEvent.Answered))]
[JsonSerializable(typeof(CallEvent.DigitsBegan))]
[JsonSerializable(typeof(CallEvent.DigitsPressed))]
[JsonSerializable(typeof(CallEvent.DigitsEnded))]
[JsonSerializable(typeof(CallEvent.KeysHeld))]
[JsonSerializable(typeof(CallEvent.SetByCode))]
[JsonSerializable(typeof(CallEvent.Accepted))]
[JsonSerializable(typeof(CallEvent.Acknowledged))]
[JsonSerializable(typeof(CallEvent.Bridged))]
[JsonSerializable(typeof(CallEvent.Changed))]
[JsonSerializable(typeof(CallEvent.Reinvited))]
[JsonSerializable(typeof(CallEvent.Renegotiated))]
[JsonSerializable(typeof(CallEvent.Refreshed))]
[JsonSerializable(typeof(CallEvent.ReinviteRefused))]
[JsonSerializable(typeof(CallEvent.HeldByUs))]
[JsonSerializable(typeof(CallEvent.TransferBegan))]
[JsonSerializable(typeof(CallEvent.TransferFailed))]
[JsonSerializable(typeof(CallEvent.SmsOrdered))]
[JsonSerializable(typeof(CallEvent.LedOn))]
[JsonSerializable(typeof(CallEvent.Joined))]
[JsonSerializable(typeof(CallEvent.PartnerLeft))]
[JsonSerializable(typeof(CallEvent.Parked))]
[JsonSerializable(typeof(CallEvent.LegEnded))]
[JsonSerializable(typeof(CallEvent.Asked))]
[JsonSerializable(typeof(CallEvent.Recovered))]
[JsonSerializable(typeof(CallEvent.Ended))]
[JsonSerializable(typeof(CallEvent.Closed))]
[JsonSerializable(typeof(Cdr))]
[JsonSerializable(typeof(IReadOnlyList<TimelineEntry>))]
public sealed partial class CallJson : JsonSerializerContext;

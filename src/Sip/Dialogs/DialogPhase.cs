using System.Text.Json.Serialization;

namespace TeleCube.Sip.Dialogs;

/// <summary>RFC 3261 §12: made by a 1xx with a tag, confirmed by a 2xx, ended by a BYE or a failure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DialogPhase>))]
public enum DialogPhase
{
    Early,
    Confirmed,
    Terminated,
}

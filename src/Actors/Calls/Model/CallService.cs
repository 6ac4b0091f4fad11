namespace TeleCube.Actors.Calls.Model;

/// <summary>What the exchange itself does for whoever calls.</summary>
public enum ServiceKind
{
    /// <summary>A voicemail box took down what the caller said.</summary>
    Voicemail,

    /// <summary>A voicemail box was opened, to hear what is in it.</summary>
    Messages,

    /// <summary>A code was obeyed.</summary>
    FeatureCode,

    /// <summary>A number's announcement was played.</summary>
    Announcement,
}

/// <summary>What the exchange did, and by the box, code or announcement <paramref name="Name"/>; stands in the CDR.</summary>
public sealed record CallService(ServiceKind Kind, string Name);

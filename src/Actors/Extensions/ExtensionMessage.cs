using System.Collections.Immutable;
using TeleCube.Actors.Registrations;
using TeleCube.Kernel.Persistence;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Extensions;

/// <summary>What is said to an extension's actor.</summary>
public abstract record ExtensionMessage
{
    ExtensionMessage() { }

    /// <summary>An authenticated REGISTER; answered with a <see cref="RegistrarDecision"/> once it is stored.</summary>
    public sealed record Register(RegisterRequest Request) : ExtensionMessage;

    /// <summary>Answered with <see cref="Contacts"/>.</summary>
    public sealed record GetContacts : ExtensionMessage;

    public sealed record Contacts(ImmutableArray<LiveContact> Live) : ExtensionMessage;

    /// <summary>A connection over which one of its phones registered is closed.</summary>
    public sealed record ConnectionClosed(FlowId Flow) : ExtensionMessage;

    /// <summary>After a restart: begin, so that the stored phones can be rung.</summary>
    public sealed record Wake : ExtensionMessage;

    /// <summary>The extension was deleted: forget its phones.</summary>
    public sealed record Remove : ExtensionMessage;

    internal sealed record Loaded(IReadOnlyList<RegistrationRow> Bindings) : ExtensionMessage;

    internal sealed record LoadFailed(string Reason) : ExtensionMessage;

    internal sealed record LoadAgain : ExtensionMessage;

    internal sealed record Stored : ExtensionMessage;

    internal sealed record StoreFailed(string Reason) : ExtensionMessage;

    internal sealed record ExpireBindings : ExtensionMessage;
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Subscription-State = substate-value *( SEMI subexp-params ) (RFC 6665 §8.4).</summary>
public sealed record SubscriptionState(string State, HeaderParameters Parameters) : ISipHeader<SubscriptionState>
{
    public static readonly SubscriptionState Pending = new("pending", HeaderParameters.Empty);

    public static SipHeaderName HeaderName => SipHeaderName.SubscriptionState;

    public bool IsTerminated => State.Equals("terminated", StringComparison.OrdinalIgnoreCase);

    public TimeSpan? Expires => DeltaSeconds.TryParse(Parameters["expires"]);

    public string? Reason => Parameters["reason"];

    public static SubscriptionState Active(TimeSpan expires) =>
        new("active", HeaderParameters.Empty.WithRaw("expires", DeltaSeconds.Text(expires)));

    public static SubscriptionState Terminated(string reason) => new("terminated", HeaderParameters.Empty.With("reason", reason));

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out SubscriptionState parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadToken(out var state) || !HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(WireText.Text(state), parameters);
        return true;
    }

    // active;expires=3600
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(State);
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}

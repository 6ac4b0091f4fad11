using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Supervision;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>One registration at a carrier: what to send next, what an answer means, and when to come again (RFC 3261 §10.2).</summary>
sealed class TrunkRegistrar(TrunkConfig trunk, TrunkRegistration registration, TrunkDialogue dialogue, TrunkServices services)
{
    /// <summary>A refresh comes so much of the time before the end, so that two lost answers do no harm.</summary>
    const double RefreshAt = 0.8;

    /// <summary>A challenge, a stale nonce, a time that is too short: a carrier that wants more of one try never has enough.</summary>
    const int MostAnswered = 4;

    static readonly BackOff _backOff = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    readonly DigestClient _digest = new(registration.User, registration.Password, services.Random);
    TimeSpan _expires = registration.Expires;
    SipRequest? _sent;
    int _failures;
    int _answered;

    public DateTimeOffset? RegisteredUntil { get; private set; }

    public string? Failure { get; private set; }

    /// <summary>Answers to earlier tries are late and mean nothing.</summary>
    public long Attempt { get; private set; }

    /// <summary>Null if a REGISTER went out; else the wait until the next try.</summary>
    public TimeSpan? Register(SipTarget target)
    {
        if (services.Sip.EndpointFor(target) is null) return Failed(NoListener.For(target));
        Send(target);
        return null;
    }

    public void Send(SipTarget target, TrunkPurpose purpose = TrunkPurpose.Register)
    {
        _answered = 0;
        Repeat(target, purpose);
    }

    void Repeat(SipTarget target, TrunkPurpose purpose = TrunkPurpose.Register)
    {
        if (services.Sip.EndpointFor(target) is not { } local) return;
        var expires = purpose == TrunkPurpose.Unregister ? TimeSpan.Zero : _expires;
        var request = TrunkRequests.Register(trunk, registration, local, dialogue.Next(), expires);
        _digest.Authorize(request);
        Send(request, target, purpose);
    }

    /// <summary>Takes an answer; the wait until the next REGISTER, or null if one went out just now.</summary>
    public TimeSpan? Take(SipResponse response, SipTarget target)
    {
        if (response.Status is 401 or 407 && TryAnswer(response, target)) return null;
        if (response.Status == 423 && response.Get<MinExpires>()?.Lifetime is { } least && least > _expires && ++_answered <= MostAnswered)
        {
            _expires = least;
            Repeat(target);
            return null;
        }

        return response.IsSuccess ? Registered(response) : Failed($"{response.Status} {response.Reason}");
    }

    /// <summary>The un-registration was refused for its old nonce, and goes out again.</summary>
    public bool Repeats(SipResponse response, SipTarget target) => response.Status is 401 or 407 && TryAnswer(response, target);

    public TimeSpan Failed(string why)
    {
        if (Failure != why) services.Log.LogWarning("The trunk {Trunk} is not registered: {Reason}", trunk.Id, why); // once, not at every try
        Failure = why;
        _failures++;
        if (RegisteredUntil <= services.Clock.GetUtcNow()) RegisteredUntil = null;
        return _backOff.Before(_failures + 1, trunk.Id.Value);
    }

    bool TryAnswer(SipResponse response, SipTarget target)
    {
        if (_sent is not { } refused || services.Sip.EndpointFor(target) is not { } local || ++_answered > MostAnswered) return false;
        var next = TrunkRequests.Register(trunk, registration, local, dialogue.Next(), refused.Expires ?? _expires);
        if (!_digest.TryAnswer(refused, response, next)) return false;
        Send(next, target, refused.Expires == TimeSpan.Zero ? TrunkPurpose.Unregister : TrunkPurpose.Register);
        return true;
    }

    TimeSpan Registered(SipResponse response)
    {
        var granted = GrantedTo(response) ?? _expires;
        if (Failure is not null) services.Log.LogInformation("The trunk {Trunk} is registered again", trunk.Id);
        (_failures, Failure) = (0, null);
        RegisteredUntil = services.Clock.GetUtcNow() + granted;
        return granted * RefreshAt;
    }

    /// <summary>RFC 3261 §10.2.4: the time stands with our Contact, else in Expires.</summary>
    TimeSpan? GrantedTo(SipResponse response)
    {
        var own = response.Contacts.FirstOrDefault(contact => contact.Uri.User == registration.User) ?? response.Contact;
        var granted = own?.Expires ?? response.Expires;
        return granted > TimeSpan.Zero ? granted : null;
    }

    void Send(SipRequest request, SipTarget target, TrunkPurpose purpose)
    {
        _sent = request;
        services.Sip.Send(request, target, new TrunkSent(trunk.Id, purpose, ++Attempt));
    }
}

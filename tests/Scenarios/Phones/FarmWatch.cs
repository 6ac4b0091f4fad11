using System.Text;
using System.Threading.Channels;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Scenarios.Tests.Phones;

/// <summary>A lamp of a <see cref="FarmPhone"/>: what it subscribed to, and the NOTIFYs that came, each answered at once.</summary>
sealed class FarmWatch
{
    readonly FarmPhone _phone;
    readonly NameAddress _local;
    readonly Channel<SipRequest> _told = Channel.CreateUnbounded<SipRequest>();
    readonly string _package;
    NameAddress _remote;
    SipUri _target;
    uint _cseq;

    FarmWatch(FarmPhone phone, string watched, string package)
    {
        (_phone, _package, CallId) = (phone, package, phone.NewToken());
        _local = NameAddress.Parse($"<sip:firmaabcde_{phone.Extension}@{phone.Domain}>;tag={phone.NewToken()}");
        _remote = NameAddress.Parse($"<sip:{watched}@{phone.Domain}>");
        _target = _remote.Uri;
    }

    public string CallId { get; }

    /// <summary>The exchange's tag of the dialog.</summary>
    public string? ExchangeTag => _remote.Tag;

    /// <summary>The last answer to a SUBSCRIBE.</summary>
    public SipResponse Answer { get; private set; } = null!;

    /// <summary>Subscribes; the challenge is answered unless <paramref name="password"/> says otherwise.</summary>
    public static async Task<FarmWatch> Begin(FarmPhone phone, string watched, string package = "dialog", int expires = 600, bool password = true)
    {
        var watch = new FarmWatch(phone, watched, package);
        phone.Watches[watch.CallId] = watch;
        var first = watch.Subscribe(expires);
        watch.Answer = await phone.Request(first).WaitAsync(FarmTalk.Guard);
        if (watch.Answer.Status != 401 || !password) return watch;

        var again = watch.Subscribe(expires);
        if (!phone.NewDigest().TryAnswer(first, watch.Answer, again)) throw new InvalidOperationException($"no challenge but {watch.Answer}");
        watch.Answer = await phone.Request(again).WaitAsync(FarmTalk.Guard);
        if (!watch.Answer.IsSuccess) return watch;
        watch._remote = watch.Answer.To;
        watch._target = watch.Answer.Contact!.Uri;
        return watch;
    }

    /// <summary>Asks for more time within the dialog, or ends it with none.</summary>
    public async Task<SipResponse> Refresh(int expires) => Answer = await _phone.Request(Subscribe(expires)).WaitAsync(FarmTalk.Guard);

    /// <summary>The next NOTIFY whose document has this in it.</summary>
    public async Task<SipRequest> Until(string text)
    {
        var seen = new List<string>();
        using var guard = new CancellationTokenSource(FarmTalk.Guard);
        try
        {
            while (true)
            {
                var notify = await _told.Reader.ReadAsync(guard.Token);
                seen.Add($"{notify.Headers.First(SipHeaderName.SubscriptionState)}\n{Encoding.UTF8.GetString(notify.Body.Span)}");
                if (seen[^1].Contains(text, StringComparison.Ordinal)) return notify;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no NOTIFY with {text}, but\n{string.Join('\n', seen)}");
        }
    }

    public void Took(SipRequest notify)
    {
        _phone.Respond(notify, SipResponse.For(notify, notify.Method == SipMethod.Notify ? 200 : 501));
        _told.Writer.TryWrite(notify);
    }

    SipRequest Subscribe(int expires)
    {
        var request = new SipRequest(SipMethod.Subscribe, _target)
        {
            From = _local,
            To = _remote,
            CallId = CallId,
            CSeq = new CSeq(++_cseq, SipMethod.Subscribe),
            MaxForwards = 70,
            Contact = _phone.Contact,
        };
        request.Set(new Event(_package));
        request.Expires = TimeSpan.FromSeconds(expires);
        return request;
    }
}

using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Several calls of one tenant, each on its table, and what they tell each other.</summary>
sealed class MeetingCalls
{
    readonly Dictionary<string, CallTable> _tables = [];
    readonly LiveCalls _live = new();

    public CallTable this[int number] => _tables.Values.ElementAt(number);

    /// <summary>A call between two extensions that talk: leg 0 is the caller's.</summary>
    public CallTable Talk(string caller, string callee)
    {
        var call = Ring(caller, callee);
        call.Answer(1, 200, "bob");
        call.FromCaller("ACK", 1);
        return call;
    }

    public CallTable Ring(string caller, string callee)
    {
        var call = New();
        call.Phones[callee] = 1;
        call.Dial(callee, new CallOrigin.Extension(caller));
        call.Answer(1, 180);
        return call;
    }

    public CallTable New()
    {
        var call = new CallTable(_tables.Count) { Around = _live };
        call.AddExtension("13");
        _tables[call.Call.Id.Value] = call;
        return call;
    }

    /// <summary>Brings what the calls tell each other until all is said.</summary>
    public void Settle()
    {
        while (_tables.Values.FirstOrDefault(table => table.Told.Count > 0) is { } speaker)
        {
            var told = speaker.Told.Dequeue();
            if (_tables.TryGetValue(told.To.Id, out var listener)) listener.Take((CallCommand)told.Message);
        }
    }

    /// <summary>What is said now is lost, as in a crash.</summary>
    public void Forget()
    {
        foreach (var table in _tables.Values) table.Told.Clear();
    }

    /// <summary>What the phone at this leg writes to have its place taken.</summary>
    public static string PlaceOf(CallTable call, int leg)
    {
        var dialog = call.Call.Legs[leg].Dialog!;
        return new Sip.Headers.Replaces(dialog.CallId, dialog.LocalTag, dialog.RemoteTag!).ToString();
    }

    /// <summary>A REFER by the phone at this leg: blind, or with the place that is to be taken.</summary>
    public static void Refer(CallTable call, int leg, string number, string? replaces = null, uint cseq = 50)
    {
        var extra = $"Refer-To: <sip:{number}@pbx.test{(replaces is null ? "" : $"?Replaces={Uri.EscapeDataString(replaces)}")}>\r\n";
        if (leg == 0) call.FromCaller("REFER", cseq, extra: extra);
        else call.FromCallee(leg, "REFER", cseq, extra: extra);
    }

    public static void HangUp(CallTable call, int leg, uint cseq = 60)
    {
        if (leg == 0) call.FromCaller("BYE", cseq);
        else call.FromCallee(leg, "BYE", cseq);
    }
}

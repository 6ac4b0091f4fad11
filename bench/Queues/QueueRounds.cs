using TeleCube.Actors.Queues;

namespace TeleCube.Bench.Queues;

/// <summary>One event of each kind after the other, round for round; after each round as many wait as before it.</summary>
sealed class QueueRounds
{
    readonly BigCompany _company;
    readonly string? _skill;
    readonly Figures _figures = new();

    QueueRounds(BigCompany company, int waiting, string? skill)
    {
        (_company, _skill) = (company, skill);
        foreach (var _ in _company.Consultants) Comes();
        foreach (var caller in Queue.Waiting) Answers(caller);
        for (var i = 0; i < waiting; i++) Comes();
    }

    QueueState Queue => _company.State.Queues[BigCompany.Queue];

    public static Figures Run(int waiting, int consultants, int rounds, bool oneLacksSkill)
    {
        using var company = new BigCompany(consultants, oneLacksSkill);
        var bench = new QueueRounds(company, waiting, oneLacksSkill ? BigCompany.Skill : null);
        for (var round = 0; round < rounds; round++)
        {
            bench.ComeAndGo();
            bench.LogInAndOut();
            bench.Serve(company.Consultants[round % consultants]);
            if (bench.Queue.Waiting.Length != waiting) throw new InvalidOperationException($"{bench.Queue.Waiting.Length} wait, not {waiting}");
        }

        return bench._figures;
    }

    void ComeAndGo()
    {
        var join = _company.Calls(_company.NextTicket(), _skill);
        _figures.Measure("a caller comes", () => _company.Says(join));
        var leaves = Queue.Waiting[Queue.Waiting.Length / 2].Ticket;
        _company.Over(leaves.Call);
        var leave = new DistributorCommand.Leave(leaves, QueueExit.Abandoned, _company.Clock.Now);
        _figures.Measure("one in the middle hangs up", () => _company.Says(leave));
        _figures.Measure("a tick: nothing is due", () => _company.Says(new DistributorCommand.Look()));
    }

    void LogInAndOut()
    {
        var who = ConsultantId.Of(BigCompany.Outsider);
        _figures.Measure("somebody logs in", () => _company.Says(new DistributorCommand.LogIn(BigCompany.Queue, who)));
        _figures.Measure("and out", () => _company.Says(new DistributorCommand.LogOut(BigCompany.Queue, who)));
    }

    /// <summary>A consultant comes free, does not take the first caller's call, is kept for it, and takes it at the second ring.</summary>
    void Serve(ConsultantId who)
    {
        var now = _company.Clock.Now;
        var talks = _company.State.Consultants[who].Ticket;
        _company.Over(talks.Call);
        _figures.Measure("a talk ends, the first caller is offered", () => _company.Says(new DistributorCommand.TalkEnded(talks, BigCompany.Queue, who, now)));
        var missed = new DistributorCommand.OfferFailed(First.Ticket, First.Offer!.Number, [new MissedOffer(who, "no-answer")], now);
        _figures.Measure("nobody takes it", () => _company.Says(missed));
        _figures.Measure("a tick right after it", () => _company.Says(new DistributorCommand.Look()));
        _company.Clock.Now += TimeSpan.FromSeconds(2);
        _figures.Measure("a tick: he is rung for it again", () => _company.Says(new DistributorCommand.Look()));
        _figures.Measure("he answers", () => Answers(First));
        Comes();
    }

    WaitingCaller First => Queue.Waiting[0];

    void Comes() => _company.Says(_company.Calls(_company.NextTicket(), _skill));

    void Answers(WaitingCaller caller)
    {
        var (offer, at) = (caller.Offer!, _company.Clock.Now);
        _company.Busy(offer.Consultants[0], caller.Ticket.Call);
        _company.Says(new DistributorCommand.Answered(offer.Ticket, BigCompany.Queue, offer.Number, offer.Consultants[0], at));
    }
}

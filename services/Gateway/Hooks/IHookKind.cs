namespace SparsePipeline.Gateway.Hooks;

/// <summary>A program that tells of checkpoints in words of its own. One file per kind, and one line where kinds are registered.</summary>
internal interface IHookKind
{
    /// <summary>What hooks call it.</summary>
    string Name { get; }

    /// <summary>Fields of <see cref="HookRule"/> besides the model that it goes by, as they are written; empty when it has no rules.</summary>
    IReadOnlyList<string> RuleFields { get; }

    /// <summary>Whether its senders cannot sign, so that the last part of the address is the secret.</summary>
    bool IsSecretInAddress { get; }

    /// <summary>A new secret in the form its senders take.</summary>
    string NewSecret();

    /// <summary>Whether a message is from somebody who has a secret of the hook, and was sent now where senders sign the time. Takes as long for every wrong proof.</summary>
    bool IsProven(Hook hook, HookMessage message, DateTimeOffset now);

    /// <summary>The news in a message that is proven; empty for whatever is none: senders give hooks up that answer errors to what they were not made for.</summary>
    Task<IReadOnlyList<HookNews>> ReadAsync(Hook hook, HookMessage message, CancellationToken cancellationToken);
}

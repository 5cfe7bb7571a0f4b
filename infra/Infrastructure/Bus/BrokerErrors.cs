using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Turns the client's errors into ones that name the setting to look at.</summary>
internal static class BrokerErrors
{
    private const ushort NotAllowed = 530;
    private const ushort AccessRefused = 403;

    public static BrokerUnavailableException OfConnection(RabbitMqOptions options, Exception error)
    {
        var place = $"{options.Host}:{options.Port}";
        var causes = Causes(error).ToList();
        if (causes.Exists(c => c is AuthenticationFailureException or PossibleAuthenticationFailureException))
            return new($"The broker {place} refuses the user '{options.Username}' or the password.", "Check RabbitMq:Username and RabbitMq:PasswordFile.", error);
        if (causes.OfType<OperationInterruptedException>().Any(c => c.ShutdownReason?.ReplyCode == NotAllowed))
            return new(
                $"The broker {place} has no virtual host '{options.VirtualHost}' for the user '{options.Username}'.",
                "Check RabbitMq:VirtualHost, create it, or grant the user permissions there.", error);
        return new(
            $"The broker {place} cannot be reached: {causes[^1].Message}.".Replace("..", ".", StringComparison.Ordinal),
            "Start it (`make up` on one machine), or check RabbitMq:Host, RabbitMq:Port and RabbitMq:Tls.", error);
    }

    /// <summary>Whether the broker was out of reach, so that it may be there a moment later; one that refuses us is there.</summary>
    public static bool IsAway(Exception error)
    {
        var causes = Causes(error).ToList();
        return causes.Exists(c => c is BrokerUnreachableException or RabbitMqConnectionException)
            && !causes.Exists(c => c is AuthenticationFailureException or PossibleAuthenticationFailureException or OperationInterruptedException);
    }

    /// <summary>Whether the user lacks a right.</summary>
    public static bool IsRefusal(OperationInterruptedException error) => error.ShutdownReason?.ReplyCode == AccessRefused;

    public static BrokerUnavailableException OfPermission(RabbitMqOptions options, OperationInterruptedException error) => new(
        $"The user '{options.Username}' may not do in the virtual host '{options.VirtualHost}' what services do: {error.ShutdownReason?.ReplyText ?? error.Message}.",
        IsRefusal(error)
            ? "Grant it the permissions of its service; docs/security.md lists them."
            : "See the broker's log.",
        error);

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause is AggregateException several ? several.InnerExceptions[0] : cause.InnerException)
            yield return cause;
    }
}

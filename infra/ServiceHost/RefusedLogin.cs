using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.ServiceHost;

/// <summary>Tells a broker that does not let us in from one that is away: waiting does not help.</summary>
internal static class RefusedLogin
{
    /// <summary>What is wrong and what to do; null when the exception is about something else.</summary>
    public static string? Find(Exception exception) => exception switch
    {
        AuthenticationFailureException =>
            $"The broker refused the login: {exception.Message} Remedy: check RabbitMq:Username and RabbitMq:PasswordFile (or Password).",
        OperationInterruptedException { ShutdownReason.ReplyCode: RabbitMQ.Client.Constants.NotAllowed } =>
            $"The broker refused the virtual host: {exception.Message} Remedy: check RabbitMq:VirtualHost, and that the user may use it.",
        { InnerException: { } inner } => Find(inner),
        _ => null,
    };
}

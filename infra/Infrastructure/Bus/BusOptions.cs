using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Over what the workers talk.</summary>
public sealed class BusOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>The bus inside one process: nothing to install, nobody outside hears it.</summary>
    public const string InMemory = "in-memory";

    /// <summary>A broker that processes on any machine share (section <c>RabbitMq</c>).</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary><c>in-memory</c> or <c>rabbitmq</c>.</summary>
    [AllowedValues(InMemory, RabbitMq)]
    public string Transport { get; set; } = InMemory;

    /// <summary>Whether other processes hear what this one says.</summary>
    public bool IsShared => Transport != InMemory;
}

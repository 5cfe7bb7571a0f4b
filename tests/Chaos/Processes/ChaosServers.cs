using SparsePipeline.Chaos.Broker;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Processes;

/// <summary>What the topologies of this test process share.</summary>
/// <param name="Broker">A broker that may be killed.</param>
/// <param name="Store">An object store, which misbehaves only through proxies.</param>
public sealed record ChaosServers(OwnBroker Broker, ObjectStoreServer Store);

using SparsePipeline.Chaos.Broker;
using SparsePipeline.TestKit.Servers;
using Xunit.Sdk;
using Xunit.v3;

// One topology at a time: each is six processes and their runners, and the broker may be killed under all of them.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(OwnBroker))]
[assembly: AssemblyFixture(typeof(ObjectStoreServer))]

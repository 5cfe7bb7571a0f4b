using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

[assembly: AssemblyFixture(typeof(BrokerServer))]
[assembly: AssemblyFixture(typeof(ObjectStoreServer))]
[assembly: Patience(seconds: 300)]

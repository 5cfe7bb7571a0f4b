# shellcheck shell=bash
# The configuration of a Ceph gateway with one monitor and one storage daemon that talk over loopback. Sourced by serve.sh, which serves it in
# a container, and by infra/local/object-store.sh, which serves it on a bare machine; each adds what it alone needs.

# ceph_conf folder cluster-id monitor-port backend bytes cache-bytes s3-endpoint: prints it; takes the 40 ports from monitor-port on.
ceph_conf() {
  local folder=$1 id=$2 monitor_port=$3 backend=$4 bytes=$5 cache=$6 endpoint=$7
  cat <<CONF
[global]
fsid = $id
mon host = [v2:127.0.0.1:$monitor_port/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind port min = $((monitor_port + 1))
ms bind port max = $((monitor_port + 39))
# The parts talk over loopback alone; what comes from outside is S3 and signed.
auth cluster required = none
auth service required = none
auth client required = none
auth allow insecure global id reclaim = false
# The gateway insists on encrypted sessions with the monitor, which auth "none" cannot give: without this it hangs at its start.
ms mon client mode = crc
keyring = /dev/null
run dir = $folder/run
admin socket =
osd pool default size = 1
osd pool default min size = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
[mon]
mon data = $folder/mon
mon data avail crit = 1
[osd]
osd data = $folder/osd
osd objectstore = $backend
bluestore block size = $bytes
memstore device bytes = $bytes
bluestore cache autotune = false
bluestore cache size = $cache
[client]
rgw frontends = beast endpoint=$endpoint tcp_nodelay=1
CONF
}

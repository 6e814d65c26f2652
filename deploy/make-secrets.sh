#!/bin/sh
# Makes what compose.cluster.yaml keeps in deploy/secrets: passwords that nobody needs to type, and the
# certificate by which the scheduler, the workers and the bots of the cluster know one another.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir secrets secrets/tls || { echo "To make new ones, move deploy/secrets away first." >&2; exit 1; }
cd secrets

password=$(openssl rand -hex 24)
printf %s "$password" >postgres_password
printf %s "postgresql://hueharvest:$password@postgres/hueharvest" >database_url
openssl rand -hex 24 | tr -d '\n' >grafana_password

# Whoever has this certificate may run code on the workers, so its authority signs no other: its key
# is thrown away.
cat >extensions <<END
basicConstraints=critical,CA:FALSE
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:scheduler
authorityKeyIdentifier=keyid
END
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
    -subj "/CN=HueHarvest cluster CA" -addext keyUsage=critical,keyCertSign \
    -keyout tls/ca.key -out tls/ca.pem
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -subj "/CN=HueHarvest cluster" -keyout tls/cluster.key |
    openssl x509 -req -days 3650 -CA tls/ca.pem -CAkey tls/ca.key -extfile extensions -out tls/cluster.pem
rm tls/ca.key extensions

# A container sees its own files only, but as a user of its own: on this machine, the folder's mode
# keeps everybody else out.
chmod 755 tls
chmod 444 postgres_password database_url grafana_password tls/*
